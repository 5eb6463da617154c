# Everything but two cases is not everything
deshawn moved everything but 2 cs of RM1107 from C1-01 to line 2
  says  Moved 12 cases of romaine RM1107 from cooler 1 bay 1 to line 2.
  posts 34 move RM1107 C1-01 -12 case RM1107 L2 12 case
stock   RM1107 C1-01 2 case, L2 12 case

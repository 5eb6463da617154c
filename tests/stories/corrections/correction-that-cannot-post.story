# A correction that cannot post leaves everything as it was
deshawn moved 12 cs RM1107 from C1-01 to line 2
  says  Moved 12 cases of romaine RM1107 from cooler 1 bay 1 to line 2.
  posts 34 move RM1107 C1-01 -12 case RM1107 L2 12 case
deshawn no, 40
  says  There are 14 cases (336 lb) of RM1107 in cooler 1 bay 1, less than 40 cases. Nothing posted. Say how much there was, or count it. What was posted stays as it is.
stock   RM1107 C1-01 2 case, L2 12 case

# The last report can be taken back, once
deshawn moved 12 cs RM1107 from C1-01 to line 2
  says  Moved 12 cases of romaine RM1107 from cooler 1 bay 1 to line 2.
  posts 34 move RM1107 C1-01 -12 case RM1107 L2 12 case
deshawn undo
  says  Taken back: Moved 12 cases of romaine RM1107 from cooler 1 bay 1 to line 2.
  posts 35 move takes back 34 RM1107 C1-01 12 case RM1107 L2 -12 case
deshawn undo
  says  You have nothing to take back.
stock   RM1107 C1-01 14 case

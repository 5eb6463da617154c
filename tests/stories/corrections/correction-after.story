# A correction right after posting takes back and posts anew
deshawn moved 12 cs RM1107 from C1-01 to line 2
  says  Moved 12 cases of romaine RM1107 from cooler 1 bay 1 to line 2.
  posts 34 move RM1107 C1-01 -12 case RM1107 L2 12 case
deshawn no, 11
  says  Corrected. Taken back: Moved 12 cases of romaine RM1107 from cooler 1 bay 1 to line 2. In its place: Moved 11 cases of romaine RM1107 from cooler 1 bay 1 to line 2.
  posts 35 move takes back 34 RM1107 C1-01 12 case RM1107 L2 -12 case
  posts 36 move RM1107 C1-01 -11 case RM1107 L2 11 case
deshawn make that line 3
  says  Corrected. Taken back: Moved 11 cases of romaine RM1107 from cooler 1 bay 1 to line 2. In its place: Moved 11 cases of romaine RM1107 from cooler 1 bay 1 to line 3.
  posts 37 move takes back 36 RM1107 C1-01 11 case RM1107 L2 -11 case
  posts 38 move RM1107 C1-01 -11 case RM1107 L3 11 case
stock   RM1107 C1-01 3 case, L3 11 case

# What later entries stand on cannot be taken back
deshawn moved 12 cs RM1107 from C1-01 to line 2
  says  Moved 12 cases of romaine RM1107 from cooler 1 bay 1 to line 2.
  posts 34 move RM1107 C1-01 -12 case RM1107 L2 12 case
deshawn used 5 cs RM1107 on 4474
  says  Used 5 cases of romaine RM1107 from line 2 on WO-4474.
  posts 35 consume RM1107 L2 -5 case RM1107 WO-4474 5 case
deshawn undo 34
  says  Entry 34 cannot be taken back while entry 35 stands on it.
deshawn undo 35
  says  Taken back: Used 5 cases of romaine RM1107 from line 2 on WO-4474.
  posts 36 consume takes back 35 RM1107 L2 5 case RM1107 WO-4474 -5 case
deshawn undo 34
  says  Taken back: Moved 12 cases of romaine RM1107 from cooler 1 bay 1 to line 2.
  posts 37 move takes back 34 RM1107 C1-01 12 case RM1107 L2 -12 case
stock   RM1107 C1-01 14 case

# After twelve hours a supervisor takes back
deshawn moved 12 cs RM1107 from C1-01 to line 2
  says  Moved 12 cases of romaine RM1107 from cooler 1 bay 1 to line 2.
  posts 34 move RM1107 C1-01 -12 case RM1107 L2 12 case
later   13h
deshawn undo 34
  says  Entry 34 is older than 12 hours; a supervisor can take it back.
walt    undo 34
  says  Moved 12 cases of romaine RM1107 from cooler 1 bay 1 to line 2. Why is it taken back?
  asks  note
walt    wrong day
  says  Taken back: Moved 12 cases of romaine RM1107 from cooler 1 bay 1 to line 2.
  posts 35 move takes back 34 RM1107 C1-01 12 case RM1107 L2 -12 case

# A lot in several places is asked for
deshawn moved 4 cs RM1107 from C1-01 to C1-03
  says  Moved 4 cases of romaine RM1107 from cooler 1 bay 1 to cooler 1 bay 3.
  posts 34 move RM1107 C1-01 -4 case RM1107 C1-03 4 case
deshawn used 2 cs RM1107 on 4474
  says  Used 2 cases of romaine RM1107 on WO-4474: where is it from?
  asks  from: cooler 1 bay 1 | cooler 1 bay 3
deshawn cooler 1 bay 3
  says  Used 2 cases of romaine RM1107 from cooler 1 bay 3 on WO-4474.
  posts 35 consume RM1107 C1-03 -2 case RM1107 WO-4474 2 case
stock   RM1107 C1-01 10 case, C1-03 2 case

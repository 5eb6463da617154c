# More than there is does not post, and the answer says what there is
deshawn used 900 lb of RM1107 on 4474
  says  There are 336 lb (14 cases) of RM1107 in cooler 1 bay 1, less than 900 lb. Nothing posted. Say how much there was, or count it.
deshawn moved 15 cs RM1107 from C1-01 to line 2
  says  There are 14 cases (336 lb) of RM1107 in cooler 1 bay 1, less than 15 cases. Nothing posted. Say how much there was, or count it.
deshawn moved 14 cs RM1107 from C1-01 to line 2
  says  Moved 14 cases of romaine RM1107 from cooler 1 bay 1 to line 2.
  posts 34 move RM1107 C1-01 -14 case RM1107 L2 14 case
stock   RM1107 L2 14 case

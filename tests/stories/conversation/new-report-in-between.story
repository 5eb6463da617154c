# A new report in the middle of a question is understood as one
maria   used 1 case of chicken on 4475
  says  Used 1 case of chicken on WO-4475: which lot? CB1114 expires first (November 24).
  asks  lot: CB1114 | CB1120
maria   moved 2 cs RM1111 from C1-02 to line 2
  says  The new report first. Moved 2 cases of romaine RM1111 from cooler 1 bay 2 to line 2. Used 1 case of chicken on WO-4475: which lot? CB1114 expires first (November 24).
  asks  lot: CB1114 | CB1120
  posts 34 move RM1111 C1-02 -2 case RM1111 L2 2 case
maria   CB1120
  says  Used 1 case of chicken CB1120 from cooler 1 bay 2 on WO-4475. CB1114 expires earlier, on November 24, and is in cooler 1 bay 1 (3 cases).
  posts 35 consume CB1120 C1-02 -1 case CB1120 WO-4475 1 case
  tells supervisors: CB1114 expires earlier, on November 24, and is in cooler 1 bay 1 (3 cases). Use the earlier lot first. (warning 1)

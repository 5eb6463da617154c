# A question survives a restart
maria   used 1 case of chicken on 4475
  says  Used 1 case of chicken on WO-4475: which lot? CB1114 expires first (November 24).
  asks  lot: CB1114 | CB1120
restart
maria   CB1120
  says  Used 1 case of chicken CB1120 from cooler 1 bay 2 on WO-4475. CB1114 expires earlier, on November 24, and is in cooler 1 bay 1 (3 cases).
  posts 34 consume CB1120 C1-02 -1 case CB1120 WO-4475 1 case
  tells supervisors: CB1114 expires earlier, on November 24, and is in cooler 1 bay 1 (3 cases). Use the earlier lot first. (warning 1)
stock   CB1120 C1-02 15 case

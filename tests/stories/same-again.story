# The same again for another lot is a new report
maria   used 1 case of chicken CB1120 on 4475
  says  Used 1 case of chicken CB1120 from cooler 1 bay 2 on WO-4475. CB1114 expires earlier, on November 24, and is in cooler 1 bay 1 (3 cases).
  posts 34 consume CB1120 C1-02 -1 case CB1120 WO-4475 1 case
  tells supervisors: CB1114 expires earlier, on November 24, and is in cooler 1 bay 1 (3 cases). Use the earlier lot first. (warning 1)
maria   same again for CB1114
  says  There is no CB1114 in cooler 1 bay 2; it is in cooler 1 bay 1 (3 cases). Nothing posted. Say how much there was, or count it.
maria   no, 2
  says  Corrected. Used 2 cases of chicken CB1120 from cooler 1 bay 2 on WO-4475. CB1114 expires earlier, on November 24, and is in cooler 1 bay 1 (3 cases).
  posts 35 consume takes back 34 CB1120 C1-02 1 case CB1120 WO-4475 -1 case
  posts 36 consume CB1120 C1-02 -2 case CB1120 WO-4475 2 case
stock   CB1120 C1-02 14 case
stock   CB1114 C1-01 3 case

# The same again for another lot is a new report
maria   used 1 case of chicken CB1120 on 4475
  says  Used 1 case of chicken CB1120 from cooler 1 bay 2 on WO-4475. CB1114 expires earlier, on November 24, and is in cooler 1 bay 1 (3 cases).
  posts 34 consume CB1120 C1-02 -1 case CB1120 WO-4475 1 case
  tells supervisors: CB1114 expires earlier, on November 24, and is in cooler 1 bay 1 (3 cases). Use the earlier lot first. (warning 1)
maria   same again for CB1114
  says  Used 1 case of chicken CB1114 from cooler 1 bay 1 on WO-4475. CB1114 expires in 2 days, on November 24.
  posts 35 consume CB1114 C1-01 -1 case CB1114 WO-4475 1 case
  tells supervisors: CB1114 expires in 2 days, on November 24. Use or ship it first. (warning 2)
maria   no, 2
  says  Corrected. Taken back: Used 1 case of chicken CB1114 from cooler 1 bay 1 on WO-4475. In its place: Used 2 cases of chicken CB1114 from cooler 1 bay 1 on WO-4475. CB1114 expires in 2 days, on November 24.
  posts 36 consume takes back 35 CB1114 C1-01 1 case CB1114 WO-4475 -1 case
  posts 37 consume CB1114 C1-01 -2 case CB1114 WO-4475 2 case
stock   CB1120 C1-02 15 case
stock   CB1114 C1-01 1 case

# The same report said again with what was missing replaces the open one
maria   used 1 case of chicken
  says  Used 1 case of chicken: which work order is it for?
  asks  work_order: WO-4475
maria   used 1 case of chicken CB1120 on 4475
  says  Used 1 case of chicken CB1120 from cooler 1 bay 2 on WO-4475. CB1114 expires earlier, on November 24, and is in cooler 1 bay 1 (3 cases).
  posts 34 consume CB1120 C1-02 -1 case CB1120 WO-4475 1 case
  tells supervisors: CB1114 expires earlier, on November 24, and is in cooler 1 bay 1 (3 cases). Use the earlier lot first. (warning 1)
maria   yes
  says  Nothing is waiting for an answer.

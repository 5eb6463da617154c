# A warning is told once, however often it is true
maria   used 1 case of chicken CB1114 on 4475
  says  Used 1 case of chicken CB1114 from cooler 1 bay 1 on WO-4475. CB1114 expires in 2 days, on November 24.
  posts 34 consume CB1114 C1-01 -1 case CB1114 WO-4475 1 case
  tells supervisors: CB1114 expires in 2 days, on November 24. Use or ship it first. (warning 1)
maria   used 1 case of chicken CB1114 on 4475
  says  Used 1 case of chicken CB1114 from cooler 1 bay 1 on WO-4475. CB1114 expires in 2 days, on November 24.
  posts 35 consume CB1114 C1-01 -1 case CB1114 WO-4475 1 case

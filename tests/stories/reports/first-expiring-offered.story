# Without a lot the first to expire is offered
maria   used 1 case of chicken on 4475
  says  Used 1 case of chicken on WO-4475: which lot? CB1114 expires first (November 24).
  asks  lot: CB1114 | CB1120
maria   yes
  says  A yes does not say which lot. Used 1 case of chicken on WO-4475: which lot? CB1114 expires first (November 24).
  asks  lot: CB1114 | CB1120
maria   CB1114
  says  Used 1 case of chicken CB1114 from cooler 1 bay 1 on WO-4475. CB1114 expires in 2 days, on November 24.
  posts 34 consume CB1114 C1-01 -1 case CB1114 WO-4475 1 case
  tells supervisors: CB1114 expires in 2 days, on November 24. Use or ship it first. (warning 1)
stock   CB1114 C1-01 2 case

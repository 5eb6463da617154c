# An expired lot is not used or shipped, but can be scrapped
later   3d
maria   used 1 case CB1114 on 4475
  says  CB1114 expired 1 day ago, on November 24. Nothing posted. You can still scrap it, return it, put it on hold, count it or move it.
  tells quality: Maria Lopez tried: used 1 case CB1114 on 4475. CB1114 expired 1 day ago, on 2026-11-24.
maria   scrap all of CB1114 past date
  says  Scrapped 3 cases of chicken CB1114 from cooler 1 bay 1 (past date).
  posts 34 scrap CB1114 C1-01 -3 case CB1114 SCRAP 3 case
stock   CB1114 nowhere

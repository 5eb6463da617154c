# A held lot cannot be used, and the attempt leaves a trace
maria   used 2 cases of chicken CB1109 on 4475
  says  CB1109 is on hold. Nothing posted. You can still count it, move it to a hold place, or scrap it.
  tells quality: Maria Lopez tried: used 2 cases of chicken CB1109 on 4475. CB1109 is on hold.
maria   scrap 1 case CB1109 past date
  says  Scrapped 1 case of chicken CB1109 from QA hold cage (past date).
  posts 34 scrap CB1109 HOLD -1 case CB1109 SCRAP 1 case
stock   CB1109 HOLD 1 case

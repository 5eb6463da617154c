# Without a work order the ones that use the product are offered
maria   used 10 lb of romaine RM1107
  says  Used 10 lb of romaine RM1107: which work order is it for?
  asks  work_order: WO-4474 | WO-4475
maria   4474
  says  Used 10 lb of romaine RM1107 from cooler 1 bay 1 on WO-4474.
  posts 34 consume RM1107 C1-01 -10 lb RM1107 WO-4474 10 lb

# A unit that the product does not have is answered with those it has
maria   used 3 jugs RM1107 on 4474
  says  Used 3 jugs of romaine RM1107 on WO-4474: it is not kept in jug; it is kept in case, lb, g, kg or oz. How many of which is it?
  asks  quantity
maria   lb
  says  Used romaine RM1107 on WO-4474: what quantity?
  asks  quantity
maria   3
  says  Used 3 lb of romaine RM1107 from cooler 1 bay 1 on WO-4474.
  posts 34 consume RM1107 C1-01 -3 lb RM1107 WO-4474 3 lb

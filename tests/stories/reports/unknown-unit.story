# A unit that the product does not have is answered with those it has
maria   used 3 jugs RM1107 on 4474
  says  Romaine RM1107 is not kept in jug; it is kept in case, lb, g, kg or oz. Which is it?
  asks  unit: case | lb | g | kg | oz
maria   lb
  says  Used 3 lb of romaine RM1107 from cooler 1 bay 1 on WO-4474.
  posts 34 consume RM1107 C1-01 -3 lb RM1107 WO-4474 3 lb

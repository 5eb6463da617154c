# A day that was said is when it happened, and is said back
deshawn shipped 3 cs H1119 to corner deli SO 4410 on november 19
  says  Shipped 3 cases of hummus H1119 from cooler 2 bay 1 to Corner Deli Co-op, SO 4410. It happened on November 19.
  posts 34 ship H1119 C2-01 -3 case H1119 CUSTOMER:CDC 3 case
maria   moved 1 cs CU1119 to line 2 on 11/20 at 2 pm
  says  Moved 1 case of cucumber CU1119 from cooler 2 bay 1 to line 2. It happened on November 20, 14:00.
  posts 35 move CU1119 C2-01 -1 case CU1119 L2 1 case

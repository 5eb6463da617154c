# Two suppliers' lots of one code are two lots
tom     received 6 cs romaine lot RM1107 from rio fresco PO 9101 exp 2026-12-02 dock 2
  says  Received 6 cases of romaine RM1107@RIO into dock 2 from Rio Fresco Produce, PO 9101, expires December 2.
  posts 34 receive RM1107@RIO SUPPLIER:RIO -6 case RM1107@RIO DOCK2 6 case
deshawn moved 2 cs RM1107 to line 2
  says  Moved 2 cases to line 2: which of these is it?
  asks  lot: RM1107 | RM1107@RIO
deshawn RM1107@RIO
  says  Moved 2 cases of romaine RM1107@RIO from dock 2 to line 2.
  posts 35 move RM1107@RIO DOCK2 -2 case RM1107@RIO L2 2 case
stock   RM1107@RIO DOCK2 4 case, L2 2 case
stock   RM1107 C1-01 14 case

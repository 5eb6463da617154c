# A receipt that says everything is in the books at once
tom     received 24 cs cucumbers CU1122 from rio at dock 1 PO 8841 exp dec 6
  says  Received 24 cases of cucumber CU1122 into dock 1 from Rio Fresco Produce, PO 8841, expires December 6.
  posts 34 receive CU1122 SUPPLIER:RIO -24 case CU1122 DOCK1 24 case
stock   CU1122 DOCK1 24 case

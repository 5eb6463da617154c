# The same shipment on the same paper is asked about
deshawn shipped 4 cs K1120 to fresh mart SO 5519
  says  Shipped 4 cases of caesar salad kit K1120 from cooler 1 bay 2 to Fresh Mart DC, SO 5519.
  posts 34 ship K1120 C1-02 -4 case K1120 CUSTOMER:FMD 4 case
deshawn shipped 4 cs K1120 to fresh mart SO 5519
  says  Shipped 4 cases of caesar salad kit K1120 from cooler 1 bay 2 to Fresh Mart DC, SO 5519. Entry 34 says the same under SO 5519 already: once more? Right?
  asks  confirm
deshawn no
  says  Dropped: shipment: 4 case K1120. Nothing posted.
deshawn shipped 4 cs K1120 to fresh mart SO 5520
  says  Shipped 4 cases of caesar salad kit K1120 from cooler 1 bay 2 to Fresh Mart DC, SO 5520.
  posts 35 ship K1120 C1-02 -4 case K1120 CUSTOMER:FMD 4 case

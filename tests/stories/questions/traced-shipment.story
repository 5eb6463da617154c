# A shipment on the traceability list carries a reference
linh    shipped 10 cs K1120 to corner deli
  says  Shipped 10 cases of caesar salad kit K1120 to Corner Deli Co-op: which order or bill of lading is it? caesar salad kit is on the traceability list.
  asks  reference
linh    SO 2301
  says  Shipped 10 cases of caesar salad kit K1120 from cooler 1 bay 2 to Corner Deli Co-op, SO 2301.
  posts 34 ship K1120 C1-02 -10 case K1120 CUSTOMER:CDC 10 case
stock   K1120 C1-02 65 case

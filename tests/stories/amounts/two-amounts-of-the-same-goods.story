# Two amounts of the same goods are one report
tom     received 25 cases (1004 lb) of chicken lot CB1133 from oakline exp 12/9 PO 8833 into dock 1
  says  Received 25 cases of chicken CB1133 to dock 1 from Oakline Poultry under PO 8833 expiring December 9: is it 25 case or 1004 lb?
  asks  quantity: 25 case | 1004 lb
tom     25 case
  says  Received 25 cases of chicken CB1133 into dock 1 from Oakline Poultry, PO 8833, expires December 9.
  posts 34 receive CB1133 SUPPLIER:OAK -25 case CB1133 DOCK1 25 case
maria   K1120 in cooler 1 bay 2: 74 cases and 5 pieces
  says  Counted 449 ea of caesar salad kit K1120 in cooler 1 bay 2. That is -1 ea against the books; the difference is posted to count variance. The count of K1120 in cooler 1 bay 2 found 1 ea less than the books.
  posts 35 count K1120 VARIANCE 1 ea K1120 C1-02 -1 ea
stock   CB1133 DOCK1 25 case

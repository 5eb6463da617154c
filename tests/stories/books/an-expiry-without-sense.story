# An expiry beyond twice the shelf life, or one that has just passed, is asked about
tom     received 2 cs cucumbers lot CU1203 from rio fresco PO 33 exp 2035-12-04 dock 2
  says  Received 2 cases of cucumber CU1203 into dock 2 from Rio Fresco Produce, PO 33, expires December 4, 2035. CU1203 would expire on December 4, 2035, and the product keeps 14 days. Right?
  asks  confirm
tom     no
  says  Dropped: receipt: 2 case cucumber CU1203. Nothing posted.
tom     received 2 cs cucumbers lot CU1204 from rio fresco PO 33 exp 11/08 dock 2
  says  Received 2 cases of cucumber CU1204 to dock 2 from Rio Fresco Produce under PO 33: which of these is it?
  asks  expires: 2026-11-08 | 2027-11-08

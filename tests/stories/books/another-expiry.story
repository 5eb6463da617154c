# A differing expiry on a known lot is never merged or dropped
tom     received 2 cs romaine lot RM1111 from green valley PO 9102 exp 2026-12-09 dock 2
  says  RM1111 expires on December 1 in the books, not on December 9. Nothing posted. Check the label: other goods have another lot code, and QA can correct a date.
maria   counted 14 cases RM1107 at c1-1, label says exp 2026-11-26
  says  Counted 14 cases of romaine RM1107 in cooler 1 bay 1. It matches the books. The label of RM1107 says November 26, the books say November 28.
  posts 34 count
  tells quality: The label of RM1107 says November 26, the books say November 28. Look at the label, and correct the date or hold the lot. (warning 1)

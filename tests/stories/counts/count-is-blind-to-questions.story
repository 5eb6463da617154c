# While a count is open no question tells what it should find
linh    counted 13 cases romaine RM1111 in cooler 1 bay 2
  says  Counted romaine RM1111 in cooler 1 bay 2: please count it once more. What quantity is there?
  asks  quantity
linh    where is RM1111
  says  Being counted: RM1111. What the books say is told when the count is in. Back to what was open. Counted romaine RM1111 in cooler 1 bay 2: please count it once more. What quantity is there?
  asks  quantity
linh    how much romaine is there
  says  Being counted: RM1111. What the books say is told when the count is in. Romaine: 14 cases in all; 14 cases of RM1107 in cooler 1 bay 1. Back to what was open. Counted romaine RM1111 in cooler 1 bay 2: please count it once more. What quantity is there?
  asks  quantity
linh    what is in cooler 1 bay 2
  says  Being counted: RM1111. What the books say is told when the count is in. Cooler 1 bay 2: 16 cases of chicken CB1120, 75 cases of caesar salad kit K1120 and 48 cases of pico P1121. Back to what was open. Counted romaine RM1111 in cooler 1 bay 2: please count it once more. What quantity is there?
  asks  quantity
linh    recall RM1111
  says  Being counted: RM1111. What the books say is told when the count is in. Back to what was open. Counted romaine RM1111 in cooler 1 bay 2: please count it once more. What quantity is there?
  asks  quantity
linh    what expires this week in cooler 1 bay 2
  says  Being counted: RM1111. What the books say is told when the count is in. 2 lots expire within 7 days or have expired: K1120 (caesar salad kit) on November 29 and P1121 (pico) on November 29. Back to what was open. Counted romaine RM1111 in cooler 1 bay 2: please count it once more. What quantity is there?
  asks  quantity
linh    30
  says  Counted 30 cases of romaine RM1111 in cooler 1 bay 2. It matches the books.
  posts 34 count
linh    where is RM1111
  says  Romaine RM1111: 30 cases in cooler 1 bay 2.
# It does not know the lot yet: nothing of the product in that place is told
linh    counted romaine in cooler 1 bay 1
  says  Counted romaine in cooler 1 bay 1: is it lot RM1107?
  asks  lot: RM1107
linh    where is romaine
  says  Being counted: RM1107. What the books say is told when the count is in. Romaine: 30 cases of RM1111 in cooler 1 bay 2. Back to what was open. Counted romaine in cooler 1 bay 1: is it lot RM1107?
  asks  lot: RM1107
# Another person is not counting
maria   where is RM1107
  says  Romaine RM1107: 14 cases in cooler 1 bay 1.
# A question about one lot names it
maria   recall
  says  Which lot? Please ask again with its code.

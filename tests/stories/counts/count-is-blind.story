# A count is blind: no answer gives away what the books expect
maria   count of croutons in D3
  says  Is it lot CR0930 of croutons?
  asks  lot: CR0930
maria   yes
  says  What quantity of croutons CR0930?
  asks  quantity
maria   26 bags
  says  Counted 26 bags of croutons CR0930 in dry store rack 3. It matches the books.
  posts 34 count

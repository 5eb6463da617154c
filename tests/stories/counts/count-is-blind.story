# A count is blind: no answer gives away what the books expect
maria   count of croutons in D3
  says  Counted croutons in dry store rack 3: is it lot CR0930?
  asks  lot: CR0930
maria   yes
  says  Counted croutons CR0930 in dry store rack 3: what quantity?
  asks  quantity
maria   26 bags
  says  Counted 26 bags of croutons CR0930 in dry store rack 3. It matches the books.
  posts 34 count

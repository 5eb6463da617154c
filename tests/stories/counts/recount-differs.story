# A recount that agrees with the books posts
maria   count D3 tortillas FT1112 17 cs
  says  Counted tortillas FT1112 in dry store rack 3: please count it once more. What quantity is there?
  asks  quantity
maria   20
  says  Counted 20 cases of tortillas FT1112 in dry store rack 3. It matches the books.
  posts 34 count
stock   FT1112 D3 20 case

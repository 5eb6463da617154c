# A count whose lot moved meanwhile is asked again
maria   count D3 tortillas FT1112 17 cs
  says  Counted tortillas FT1112 in dry store rack 3: please count it once more. What quantity is there?
  asks  quantity
josue   moved 3 cs FT1112 from D3 to L3
  says  Moved 3 cases of tortillas FT1112 from dry store rack 3 to line 3.
  posts 34 move FT1112 D3 -3 case FT1112 L3 3 case
maria   17 cs
  says  Counted 17 cases of tortillas FT1112 in dry store rack 3. It matches the books.
  posts 35 count
stock   FT1112 D3 17 case, L3 3 case

# A count that matches is an entry without lines
maria   count D1 chickpeas CP26A 38 bags
  says  Counted 38 bags of chickpeas CP26A in dry store rack 1. It matches the books.
  posts 34 count

# A count within tolerance posts the difference
maria   count C2-01 hummus H1119 138 cs
  says  Counted 138 cases of hummus H1119 in cooler 2 bay 1. That is -2 cases against the books; the difference is posted to count variance. The count of H1119 in cooler 2 bay 1 found 2 cases less than the books.
  posts 34 count H1119 VARIANCE 2 case H1119 C2-01 -2 case
stock   H1119 C2-01 138 case

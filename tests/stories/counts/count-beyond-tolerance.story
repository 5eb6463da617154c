# A count beyond tolerance is counted again, blind, and then approved
maria   count D3 tortillas FT1112 17 cs
  says  Counted tortillas FT1112 in dry store rack 3: please count it once more. What quantity is there?
  asks  quantity
maria   17
  says  You counted 17 cases of FT1112 in dry store rack 3 twice, more than 2 % off the books, so it needs another person's approval. Request 1 waits for a supervisor or QA. Nothing posted yet.
  tells supervisors: Maria Lopez asks for approval 1: Counted 17 cases of tortillas FT1112 in dry store rack 3. That is -3 cases against the books; the difference is posted to count variance. You counted 17 cases of FT1112 in dry store rack 3 twice, more than 2 % off the books, so it needs another person's approval.
priya   approve 1
  says  Request 1 approved by Priya Nair. Counted 17 cases of tortillas FT1112 in dry store rack 3. That is -3 cases against the books; the difference is posted to count variance. The count of FT1112 in dry store rack 3 found 3 cases less than the books.
  posts 34 count approved by priya FT1112 VARIANCE 3 case FT1112 D3 -3 case
  tells person:maria: Request 1 was approved by Priya Nair.
stock   FT1112 D3 17 case

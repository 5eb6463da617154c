# An adjustment of a lot that was counted today needs no note
maria   count D2 tahini TH0822 21 buckets
  says  Counted 21 buckets of tahini TH0822 in dry store rack 2. It matches the books.
  posts 34 count
maria   TH0822: take off 1 bucket, miscount
  says  An adjustment of TH0822 needs another person's approval. Request 1 waits for a supervisor or QA. Nothing posted yet.
  tells supervisors: Maria Lopez asks for approval 1: Adjusted tahini TH0822 in dry store rack 2 by -1 bucket (miscount). An adjustment of TH0822 needs another person's approval.
priya   approve 1
  says  Request 1 approved by Priya Nair. Adjusted tahini TH0822 in dry store rack 2 by -1 bucket (miscount).
  posts 35 adjust approved by priya TH0822 ADJUSTMENT 1 bucket TH0822 D2 -1 bucket
  tells person:maria: Request 1 was approved by Priya Nair.

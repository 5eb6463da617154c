# An adjustment needs a reason and another person's approval
deshawn adjust TH0822 to 19 buckets
  says  Adjusted tahini TH0822 to 19 buckets: why?
  asks  reason: miscount | wrong label | receiving error | QA sample
deshawn miscount
  says  An adjustment of TH0822 needs another person's approval. Request 1 waits for a supervisor or QA. Nothing posted yet.
  tells supervisors: DeShawn Price asks for approval 1: Adjusted tahini TH0822 in dry store rack 2 by -2 buckets (miscount). An adjustment of TH0822 needs another person's approval.
deshawn approve 1
  says  Only a supervisor or QA can decide on a request.
priya   approve 1
  says  TH0822 was not counted within the last 24 hours. Add a note to approve request 1: what did you check?
  asks  note
priya   checked it myself with a flashlight
  says  Request 1 approved by Priya Nair. Adjusted tahini TH0822 in dry store rack 2 by -2 buckets (miscount).
  posts 34 adjust approved by priya TH0822 ADJUSTMENT 2 bucket TH0822 D2 -2 bucket
  tells person:deshawn: Request 1 was approved by Priya Nair. checked it myself with a flashlight
priya   approve 1
  says  Request 1 was approved already, by Priya Nair.
stock   TH0822 D2 19 bucket

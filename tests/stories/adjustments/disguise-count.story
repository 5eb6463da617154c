# An adjustment told as a count that is far off is counted again, and waits for another person
deshawn count D2 tahini TH0822 19 buckets
  says  Counted tahini TH0822 in dry store rack 2: please count it once more. What quantity is there?
  asks  quantity
deshawn 19
  says  You counted 19 buckets of TH0822 in dry store rack 2 twice, more than 2 % off the books, so it needs another person's approval. Request 1 waits for a supervisor or QA. Nothing posted yet.
  tells supervisors: DeShawn Price asks for approval 1: Counted 19 buckets of tahini TH0822 in dry store rack 2. That is -2 buckets against the books; the difference is posted to count variance. You counted 19 buckets of TH0822 in dry store rack 2 twice, more than 2 % off the books, so it needs another person's approval.
deshawn approve 1
  says  Only a supervisor or QA can decide on a request.
stock   TH0822 D2 21 bucket

# More of a known lot without paper is an adjustment up
deshawn received 30 buckets of tahini TH0822 from levant at dock 1
  says  TH0822 is in the books already, and more of it without a document needs another person's approval. Request 1 waits for a supervisor or QA. Nothing posted yet.
  tells supervisors: DeShawn Price asks for approval 1: Received 30 buckets of tahini TH0822 into dock 1 from Levant Foods. TH0822 is in the books already, and more of it without a document needs another person's approval.
stock   TH0822 D2 21 bucket

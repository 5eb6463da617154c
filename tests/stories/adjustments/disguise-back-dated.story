# A back-dated adjustment beyond the window is refused
deshawn adjust TH0822 to 19 buckets 3 days ago, miscount
  says  An adjustment of TH0822 cannot be dated more than 24 hours back. Nothing posted. Count it now, and adjust what differs.
stock   TH0822 D2 21 bucket

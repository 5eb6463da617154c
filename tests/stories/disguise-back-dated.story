# A back-dated adjustment beyond the window is refused
deshawn adjust TH0822 to 19 buckets 3 days ago, miscount
  says  I did not understand “ago”. I am not sure that I understood all of that. Adjusted tahini TH0822 in dry store rack 2 by -2 buckets (miscount). An adjustment of TH0822 needs another person's approval. Right?
  asks  confirm
stock   TH0822 D2 21 bucket

# An output under an older lot's code is not that lot's
maria   used 300 lb of hummus base HB1121 on 4472
  says  Used 300 lb of base HB1121 from tank 1 on WO-4472. HB1121 expires in 2 days, on November 24.
  posts 34 consume HB1121 T1 -300 lb HB1121 WO-4472 300 lb
  tells supervisors: HB1121 expires in 2 days, on November 24. Use or ship it first. (warning 1)
maria   made 10 cases lot H1119 on 4472
  says  H1119 is in the books already and was not made on WO-4472. Nothing posted. Say the code that is on the goods, or leave it out for a new one.

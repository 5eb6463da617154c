# No more comes back than went in
deshawn used 3 bags croutons CR0930 on 4474
  says  Used 3 bags of croutons CR0930 from dry store rack 3 on WO-4474.
  posts 34 consume CR0930 D3 -3 bag CR0930 WO-4474 3 bag
deshawn 4 bags croutons CR0930 came back off 4474 to D3
  says  WO-4474 holds 3 bags of CR0930, less than the 4 bags that would come back. Nothing posted. Say how much came back, or report first what went in.
deshawn 1 bag croutons CR0930 came back off 4474 to D3
  says  Returned 1 bag of croutons CR0930 from WO-4474 to dry store rack 3.
  posts 35 return CR0930 WO-4474 -1 bag CR0930 D3 1 bag
stock   CR0930 D3 24 bag

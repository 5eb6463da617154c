# Chatter posts nothing and is not answered
maria   happy sunday 🙃
  says  I did not understand “happy”, so nothing was recorded.
maria   when's lunch
  says  
maria   havent moved anything yet
  says  

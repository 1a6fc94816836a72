stty istrip

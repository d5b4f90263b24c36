module protected-api

go 1.19

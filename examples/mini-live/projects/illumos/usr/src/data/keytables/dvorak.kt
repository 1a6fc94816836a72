# dvorak: keyboard table, key number and characters plain and with shift
key 15 p P
key 16 y Y
key 17 f F
key 18 g G
key 19 c C
key 20 r R
key 21 l L
key 22 1 !
key 23 2 "
key 24 3 $
key 25 4 %
key 26 5 &
key 27 6 /
key 28 7 (
key 29 8 )
key 30 9 =
key 31 0 ?

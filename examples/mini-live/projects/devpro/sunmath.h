/* sunmath.h: functions beside math.h; angles may be in degrees. */
#ifndef SUNMATH_H
#define SUNMATH_H
double sind(double);
double cosd(double);
double exp2(double);
double exp10(double);
double poly(double, const double *, int);
#endif

/* math.h: the elementary functions of libm, in double only. */
#ifndef _MATH_H
#define _MATH_H
#define M_PI 3.14159265358979323846
#define M_PI_2 1.57079632679489661923
#define M_LN2 0.69314718055994530942
#define HUGE_VAL __builtin_huge_val()
#define NAN __builtin_nan("")
double fabs(double);
double floor(double);
double ceil(double);
double fmod(double, double);
double frexp(double, int *);
double ldexp(double, int);
double sqrt(double);
double cbrt(double);
double exp(double);
double log(double);
double log10(double);
double pow(double, double);
double sin(double);
double cos(double);
double tan(double);
double atan(double);
double atan2(double, double);
double hypot(double, double);
double sinh(double);
double cosh(double);
#endif

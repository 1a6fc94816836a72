/* sunmath: thin forms over libm. */
#include <math.h>
#include "sunmath.h"
double sind(double x) { return (sin(fmod(x, 360.0) * (M_PI / 180.0))); }
double cosd(double x) { return (cos(fmod(x, 360.0) * (M_PI / 180.0))); }
double exp2(double x) { return (exp(x * M_LN2)); }
double exp10(double x) { return (pow(10.0, x)); }

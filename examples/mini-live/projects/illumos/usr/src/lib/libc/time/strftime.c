/* strftime: the conversions the platform's own commands use; an unknown one is copied. */
#include <time.h>
#include <stdio.h>
#include <string.h>
static const char days[] = "SundayMondayTuesdayWednesdayThursdayFridaySaturday";
static const unsigned char day_at[] = { 0, 6, 12, 19, 28, 36, 42, 50 };
static const char months[] = "JanFebMarAprMayJunJulAugSepOctNovDec";
size_t
strftime(char *to, size_t size, const char *fmt, const struct tm *tm)
{
	size_t n = 0;
	for (; *fmt != '\0'; fmt++) {
		char piece[64] = { *fmt, '\0' };
		if (*fmt == '%') {
			switch (*++fmt) {
			case 'Y': snprintf(piece, sizeof (piece), "%d", tm->tm_year + 1900); break;
			case 'm': snprintf(piece, sizeof (piece), "%02d", tm->tm_mon + 1); break;
			case 'd': snprintf(piece, sizeof (piece), "%02d", tm->tm_mday); break;
			case 'e': snprintf(piece, sizeof (piece), "%2d", tm->tm_mday); break;
			case 'H': snprintf(piece, sizeof (piece), "%02d", tm->tm_hour); break;
			case 'M': snprintf(piece, sizeof (piece), "%02d", tm->tm_min); break;
			case 'S': snprintf(piece, sizeof (piece), "%02d", tm->tm_sec); break;
			case 'j': snprintf(piece, sizeof (piece), "%03d", tm->tm_yday + 1); break;
			case 'b': snprintf(piece, sizeof (piece), "%.3s", months + 3 * tm->tm_mon); break;
			case 'a': snprintf(piece, sizeof (piece), "%.3s", days + day_at[tm->tm_wday]); break;
			case 'A': snprintf(piece, sizeof (piece), "%.*s", day_at[tm->tm_wday + 1] - day_at[tm->tm_wday], days + day_at[tm->tm_wday]); break;
			case 'T': strftime(piece, sizeof (piece), "%H:%M:%S", tm); break;
			case 'F': strftime(piece, sizeof (piece), "%Y-%m-%d", tm); break;
			case 'Z': strlcpy(piece, "UTC", sizeof (piece)); break;
			case '\0': fmt--; break;
			default: piece[0] = *fmt;
			}
		}
		n += strlcpy(to + n, piece, size - n);
		if (n >= size)
			return (0);
	}
	return (n);
}

/* The load of the benchmark of an opening: submits the lines of a file over real connections, each line once.
 *
 * submit PORT CONNECTIONS LINES ANSWERS PATH [RATE [fsync|times|- [HEADERS]]]
 *
 * A line of LINES is the body of one POST to PATH; a line that begins with "GET " asks for the address after it.
 * RATE 0 (default): a connection asks the next as soon as it has its answer. Above 0: so many a second in all, whether
 * or not answers come, and a time counts from the moment at which the request was due. `fsync`: each answer is on the
 * disk before its connection goes on; `times`: no body is kept. HEADERS go with every request, each with its end of line.
 * A line of ANSWERS is the milliseconds, the status and the body, as the crowd of `doorleren rush` writes them. On the
 * standard output: how many were answered and in how many seconds. After SIGTERM nothing more is asked: what was asked
 * is still waited for and told.
 */
#define _GNU_SOURCE
#include <arpa/inet.h>
#include <errno.h>
#include <fcntl.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <signal.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <sys/epoll.h>
#include <sys/mman.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#define ROOM 262144
#define PATIENCE_MS 60000

struct line {
    int socket, busy;
    double began;
    size_t came;
    char in[ROOM];
};

static char *lines, *cursor, *end;
static const char *path, *headers = "";
static volatile sig_atomic_t enough;
static FILE *answers;
static int connections, each_to_disk, times_only, epoll, idle_first, idle_count, *idle;
static struct line *all;
static long answered, sent;
static double start, rate;

static void fail(const char *text, ...)
{
    va_list rest;
    va_start(rest, text);
    fprintf(stderr, "submit: ");
    vfprintf(stderr, text, rest);
    fprintf(stderr, "\n");
    exit(1);
}

static double now(void)
{
    struct timespec at;
    clock_gettime(CLOCK_MONOTONIC, &at);
    return at.tv_sec + at.tv_nsec / 1e9;
}

static void stop_asking(int number)
{
    (void)number;
    enough = 1;
}

static int connected(int port)
{
    struct sockaddr_in to = {.sin_family = AF_INET, .sin_port = htons(port), .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
    int one = 1, made = socket(AF_INET, SOCK_STREAM, 0);
    if (made < 0 || connect(made, (struct sockaddr *)&to, sizeof to))
        fail("port %d: %s", port, strerror(errno));
    setsockopt(made, IPPROTO_TCP, TCP_NODELAY, &one, sizeof one);
    return made;
}

/* Send the next line over a connection; a request fits the empty buffer of its socket, so this does not block. */
static void ask(int number)
{
    static char out[ROOM];
    struct line *one = &all[number];
    char *stop = memchr(cursor, '\n', end - cursor);
    int size, length = (int)((stop ? stop : end) - cursor);
    if (length > 4 && !memcmp(cursor, "GET ", 4))
        size = snprintf(out, sizeof out, "%.*s HTTP/1.1\r\nHost: 127.0.0.1\r\n%s\r\n", length, cursor, headers);
    else
        size = snprintf(out, sizeof out, "POST %s HTTP/1.1\r\nHost: 127.0.0.1\r\n%sContent-Length: %d\r\n\r\n%.*s", path,
                        headers, length, length, cursor);
    if (size >= (int)sizeof out)
        fail("a line is too long");
    cursor = stop ? stop + 1 : end;
    one->came = 0;
    one->busy = 1;
    one->began = rate > 0 ? start + sent / rate : now();
    sent++;
    if (send(one->socket, out, size, MSG_NOSIGNAL) != size)
        fail("a request could not be sent: %s", strerror(errno));
}

/* Give where the body begins once the answer is whole, else 0; its length and status as well. */
static size_t whole(const struct line *one, size_t *length, int *status)
{
    const char *gap = memmem(one->in, one->came, "\r\n\r\n", 4);
    if (!gap)
        return 0;
    *length = (size_t)-1;
    for (const char *at = one->in; at < gap; at++)
        if (*at == '\n' && !strncasecmp(at + 1, "content-length:", 15))
            *length = strtoul(at + 16, NULL, 10);
    if (*length == (size_t)-1)
        fail("an answer without a length");
    *status = atoi(one->in + 9);
    size_t body = gap + 4 - one->in;
    if (body + *length >= ROOM)
        fail("an answer is too long");
    return one->came >= body + *length ? body : 0;
}

static void keep(const struct line *one, const char *body, size_t length, int status)
{
    fprintf(answers, "%.3f %d ", (now() - one->began) * 1000, status);
    for (size_t at = 0; at < length && !times_only; at++)
        putc_unlocked(body[at] == '\n' ? ' ' : body[at], answers);
    putc_unlocked('\n', answers);
    if (each_to_disk && (fflush(answers) || fdatasync(fileno(answers))))
        fail("an answer could not be kept: %s", strerror(errno));
}

/* Connections ask in turns, so that none stands still for so long that a server may close it. */
static void rest(int number)
{
    idle[(idle_first + idle_count++) % connections] = number;
}

static int next_idle(void)
{
    int number = idle[idle_first];
    idle_first = (idle_first + 1) % connections;
    idle_count--;
    return number;
}

static void receive(int number)
{
    struct line *one = &all[number];
    size_t length;
    int status;
    ssize_t part = recv(one->socket, one->in + one->came, ROOM - 1 - one->came, 0);
    if (part <= 0)
        fail("a connection broke after %ld answers", answered);
    one->came += part;
    one->in[one->came] = 0;
    size_t body = whole(one, &length, &status);
    if (!body)
        return;
    keep(one, one->in + body, length, status);
    answered++;
    one->busy = 0;
    rest(number);
}

/* Let idle connections ask what is due; give how long to wait for answers, in milliseconds. */
static int ask_what_is_due(void)
{
    if (enough)
        cursor = end;
    while (idle_count && cursor < end) {
        double early = rate > 0 ? start + sent / rate - now() : 0;
        if (early > 0)
            return (int)(early * 1000) + 1;
        ask(next_idle());
    }
    return PATIENCE_MS;
}

static void read_lines(const char *name)
{
    struct stat found;
    int file = open(name, O_RDONLY);
    if (file < 0 || fstat(file, &found) || !found.st_size)
        fail("%s: %s", name, errno ? strerror(errno) : "it is empty");
    lines = mmap(NULL, found.st_size, PROT_READ, MAP_PRIVATE | MAP_POPULATE, file, 0);
    if (lines == MAP_FAILED)
        fail("%s: %s", name, strerror(errno));
    cursor = lines;
    end = lines + found.st_size;
}

int main(int count, char **words)
{
    if (count < 6 || atoi(words[1]) < 1 || atoi(words[2]) < 1)
        fail("usage: submit PORT CONNECTIONS LINES ANSWERS PATH [RATE [fsync|times|- [HEADERS]]]");
    connections = atoi(words[2]);
    read_lines(words[3]);
    if (!(answers = fopen(words[4], "ab")))
        fail("%s: %s", words[4], strerror(errno));
    path = words[5];
    rate = count > 6 ? atof(words[6]) : 0;
    each_to_disk = count > 7 && !strcmp(words[7], "fsync");
    times_only = count > 7 && !strcmp(words[7], "times");
    headers = count > 8 ? words[8] : "";
    signal(SIGTERM, stop_asking);
    all = calloc(connections, sizeof *all);
    idle = calloc(connections, sizeof *idle);
    epoll = epoll_create1(0);
    for (int number = connections - 1; number >= 0; number--) {
        struct epoll_event event = {.events = EPOLLIN, .data.u32 = number};
        all[number].socket = connected(atoi(words[1]));
        epoll_ctl(epoll, EPOLL_CTL_ADD, all[number].socket, &event);
        rest(number);
    }
    struct epoll_event *events = calloc(connections, sizeof *events);
    start = now();
    for (;;) {
        int wait = ask_what_is_due();
        if (cursor >= end && idle_count == connections)
            break;
        int ready = epoll_wait(epoll, events, connections, wait);
        if (ready < 0 && errno != EINTR)
            fail("epoll: %s", strerror(errno));
        if (!ready && wait == PATIENCE_MS)
            fail("no answer within %d seconds", PATIENCE_MS / 1000);
        for (int number = 0; number < ready; number++)
            receive(events[number].data.u32);
    }
    double seconds = now() - start;
    if (fclose(answers))
        fail("the answers could not be kept: %s", strerror(errno));
    printf("%ld %.6f\n", answered, seconds);
    return 0;
}

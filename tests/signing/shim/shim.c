/* A PKCS#11 module that misbehaves on demand: forwards everything to SoftHSM2 and breaks what files in a folder name.
 *
 * TRA_MY_SHIM_DIR   the folder; a fault is on while its file is there. Each file is explained where it is read.
 * TRA_MY_SHIM_REAL  the module behind it.
 *
 * Only what is used of Cryptoki 2.40 is written down here; on this platform CK_ULONG is `unsigned long` and nothing is packed.
 */
#include <dlfcn.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

typedef unsigned char CK_BYTE;
typedef unsigned long CK_ULONG;
typedef CK_ULONG CK_RV;

typedef struct { CK_BYTE major, minor; } CK_VERSION;
typedef struct { CK_VERSION version; void *function[68]; } CK_FUNCTION_LIST;
typedef struct { CK_ULONG mechanism; void *parameter; CK_ULONG parameterLength; } CK_MECHANISM;
typedef struct { CK_BYTE description[64], manufacturer[32]; CK_ULONG flags; CK_VERSION hardware, firmware; } CK_SLOT_INFO;
typedef struct {
  CK_BYTE label[32], manufacturer[32], model[16], serial[16];
  CK_ULONG flags, maxSessions, sessions, maxRwSessions, rwSessions, maxPin, minPin, pub, freePub, priv, freePriv;
  CK_VERSION hardware, firmware;
  CK_BYTE utcTime[16];
} CK_TOKEN_INFO;

/* Places in CK_FUNCTION_LIST. */
enum {
  INITIALIZE = 0, GET_FUNCTION_LIST = 3, GET_SLOT_LIST = 4, GET_SLOT_INFO = 5, GET_TOKEN_INFO = 6, GET_MECHANISM_LIST = 7,
  OPEN_SESSION = 12, GET_SESSION_INFO = 15, LOGIN = 18, GET_ATTRIBUTE_VALUE = 24, SIGN_INIT = 42, SIGN = 43
};

enum {
  CKR_OK = 0x0, CKR_GENERAL_ERROR = 0x5, CKR_ARGUMENTS_BAD = 0x7, CKR_CANT_LOCK = 0xa, CKR_ATTRIBUTE_TYPE_INVALID = 0x12,
  CKR_DEVICE_REMOVED = 0x32, CKR_FUNCTION_CANCELED = 0x50, CKR_MECHANISM_INVALID = 0x70, CKR_OPERATION_ACTIVE = 0x90,
  CKR_PIN_INCORRECT = 0xa0, CKR_PIN_LOCKED = 0xa4, CKR_TOKEN_NOT_PRESENT = 0xe0
};
enum {
  CKF_TOKEN_PRESENT = 0x1, CKF_LOGIN_REQUIRED = 0x4, CKF_PROTECTED_AUTHENTICATION_PATH = 0x100,
  CKF_COUNT_LOW = 0x10000, CKF_FINAL_TRY = 0x20000, CKF_LOCKED = 0x40000, CKF_TO_BE_CHANGED = 0x80000
};

static CK_FUNCTION_LIST *real;
static CK_FUNCTION_LIST mine;
static int calls_inside;

#define REAL(place, type) ((type)real->function[place])

static void path_of(const char *name, char *path, size_t size) {
  const char *folder = getenv("TRA_MY_SHIM_DIR");
  snprintf(path, size, "%s/%s", folder == NULL ? "/nonexistent" : folder, name);
}

/* Contents of a fault's file, cut to size; -1 when the fault is off. */
static int fault_text(const char *name, char *text, size_t size) {
  char path[4096];
  path_of(name, path, sizeof path);
  FILE *file = fopen(path, "r");
  if (file == NULL) return -1;
  size_t length = fread(text, 1, size - 1, file);
  fclose(file);
  while (length > 0 && (text[length - 1] == '\n' || text[length - 1] == ' ')) length--;
  text[length] = 0;
  return (int)length;
}

static int fault_on(const char *name) {
  char text[4];
  return fault_text(name, text, sizeof text) >= 0;
}

/* The number in a fault's file; `otherwise` when the fault is off. */
static long fault_number(const char *name, long otherwise) {
  char text[64];
  return fault_text(name, text, sizeof text) < 0 ? otherwise : strtol(text, NULL, 0);
}

static void set_number(const char *name, long value) {
  char path[4096];
  path_of(name, path, sizeof path);
  FILE *file = fopen(path, "w");
  if (file == NULL) return;
  fprintf(file, "%ld", value);
  fclose(file);
}

/* One line per call, in `calls.log`; a PIN is logged as given or NULL, never as itself. */
static void log_call(const char *text) {
  char path[4096];
  path_of("calls.log", path, sizeof path);
  FILE *file = fopen(path, "a");
  if (file == NULL) return;
  fprintf(file, "%s\n", text);
  fclose(file);
}

/* `hang-NAME`: the call never returns. `crash-NAME`: the process aborts inside the call. `slow-NAME`: milliseconds it takes longer. */
static void trouble(const char *name) {
  char file[128];
  snprintf(file, sizeof file, "crash-%s", name);
  if (fault_on(file)) abort();
  snprintf(file, sizeof file, "hang-%s", name);
  while (fault_on(file)) usleep(20000);
  snprintf(file, sizeof file, "slow-%s", name);
  long ms = fault_number(file, 0);
  if (ms > 0) usleep((useconds_t)ms * 1000);
}

/* `removed`: no token is in any slot. */
static int is_removed(void) { return fault_on("removed"); }

/* `no-os-locking`: the driver cannot lock by itself. */
static CK_RV shim_initialize(void *arguments) {
  log_call("initialize");
  trouble("initialize");
  if (fault_on("no-os-locking") && arguments != NULL && *((CK_ULONG *)arguments + 4) != 0) return CKR_CANT_LOCK;
  return REAL(INITIALIZE, CK_RV(*)(void *))(arguments);
}

static CK_RV shim_get_slot_list(CK_BYTE present, CK_ULONG *slots, CK_ULONG *count) {
  if (__sync_fetch_and_add(&calls_inside, 0) > 0) log_call("slots overlapping");
  trouble("slots");
  return REAL(GET_SLOT_LIST, CK_RV(*)(CK_BYTE, CK_ULONG *, CK_ULONG *))(present, slots, count);
}

/* `unsettled`: how many times C_GetSlotInfo still throws while the card is being powered. */
static CK_RV shim_get_slot_info(CK_ULONG slot, CK_SLOT_INFO *info) {
  long throws = fault_number("unsettled", 0);
  if (throws > 0) {
    set_number("unsettled", throws - 1);
    return CKR_GENERAL_ERROR;
  }
  CK_RV rv = REAL(GET_SLOT_INFO, CK_RV(*)(CK_ULONG, CK_SLOT_INFO *))(slot, info);
  if (rv == CKR_OK && is_removed()) info->flags &= ~(CK_ULONG)CKF_TOKEN_PRESENT;
  return rv;
}

/* `pin-tries`: tries left of three, as real tokens count them. `must-change`, `pin-pad`, `no-login-flag`: flags.
 * `same-label`: every token has this label. `same-serial`: and every one this serial number. */
static CK_RV shim_get_token_info(CK_ULONG slot, CK_TOKEN_INFO *info) {
  if (is_removed()) return CKR_TOKEN_NOT_PRESENT;
  CK_RV rv = REAL(GET_TOKEN_INFO, CK_RV(*)(CK_ULONG, CK_TOKEN_INFO *))(slot, info);
  if (rv != CKR_OK) return rv;
  long tries = fault_number("pin-tries", 3);
  info->flags &= ~(CK_ULONG)(CKF_COUNT_LOW | CKF_FINAL_TRY | CKF_LOCKED);
  if (tries < 3) info->flags |= CKF_COUNT_LOW;
  if (tries == 1) info->flags |= CKF_FINAL_TRY;
  if (tries <= 0) info->flags |= CKF_LOCKED;
  if (fault_on("must-change")) info->flags |= CKF_TO_BE_CHANGED;
  if (fault_on("pin-pad")) info->flags |= CKF_PROTECTED_AUTHENTICATION_PATH;
  if (fault_on("no-login-flag")) info->flags &= ~(CK_ULONG)CKF_LOGIN_REQUIRED;
  char text[33];
  int length = fault_text("same-label", text, sizeof text);
  if (length >= 0) {
    memset(info->label, ' ', sizeof info->label);
    memcpy(info->label, text, (size_t)length);
  }
  length = fault_text("same-serial", text, sizeof info->serial + 1);
  if (length >= 0) {
    memset(info->serial, ' ', sizeof info->serial);
    memcpy(info->serial, text, (size_t)length);
  }
  return CKR_OK;
}

/* A fault's file holds mechanism numbers separated by spaces. */
static int names_mechanism(const char *name, CK_ULONG mechanism) {
  char text[1024];
  if (fault_text(name, text, sizeof text) < 0) return 0;
  for (char *rest = NULL, *word = strtok_r(text, " ", &rest); word != NULL; word = strtok_r(NULL, " ", &rest))
    if (strtoul(word, NULL, 0) == mechanism) return 1;
  return 0;
}

/* `missing-mechanisms`: not in the list, and refused. */
static CK_RV shim_get_mechanism_list(CK_ULONG slot, CK_ULONG *list, CK_ULONG *count) {
  CK_RV rv = REAL(GET_MECHANISM_LIST, CK_RV(*)(CK_ULONG, CK_ULONG *, CK_ULONG *))(slot, list, count);
  if (rv != CKR_OK || list == NULL) return rv;
  CK_ULONG kept = 0;
  for (CK_ULONG i = 0; i < *count; i++)
    if (!names_mechanism("missing-mechanisms", list[i])) list[kept++] = list[i];
  *count = kept;
  return CKR_OK;
}

static CK_RV shim_open_session(CK_ULONG slot, CK_ULONG flags, void *application, void *notify, CK_ULONG *session) {
  if (is_removed()) return CKR_TOKEN_NOT_PRESENT;
  return REAL(OPEN_SESSION, CK_RV(*)(CK_ULONG, CK_ULONG, void *, void *, CK_ULONG *))(slot, flags, application, notify, session);
}

/* A pulled token takes its sessions with it. */
static CK_RV shim_get_session_info(CK_ULONG session, void *info) {
  if (is_removed()) return CKR_DEVICE_REMOVED;
  return REAL(GET_SESSION_INFO, CK_RV(*)(CK_ULONG, void *))(session, info);
}

/* `pin-pad`: what the person types on the pad; `cancel` for the cancel key. A PIN from outside is refused then.
 * `login-error`: this return value instead. */
static CK_RV shim_login(CK_ULONG session, CK_ULONG user, CK_BYTE *pin, CK_ULONG length) {
  typedef CK_RV (*Login)(CK_ULONG, CK_ULONG, CK_BYTE *, CK_ULONG);
  char text[128];
  snprintf(text, sizeof text, "login user=%lu pin=%s", user, pin == NULL ? "null" : "given");
  log_call(text);
  trouble("login");
  if (is_removed()) return CKR_DEVICE_REMOVED;
  long error = fault_number("login-error", 0);
  if (error != 0) return (CK_RV)error;
  int typed = fault_text("pin-pad", text, sizeof text);
  if (typed >= 0) {
    if (pin != NULL) return CKR_ARGUMENTS_BAD;
    if (strcmp(text, "cancel") == 0) return CKR_FUNCTION_CANCELED;
    pin = (CK_BYTE *)text;
    length = (CK_ULONG)typed;
  }
  long tries = fault_number("pin-tries", 3);
  if (tries <= 0) return CKR_PIN_LOCKED;
  CK_RV rv = REAL(LOGIN, Login)(session, user, pin, length);
  if (rv == CKR_PIN_INCORRECT && fault_on("pin-tries")) set_number("pin-tries", tries - 1);
  if (rv == CKR_OK && fault_on("pin-tries")) set_number("pin-tries", 3);
  return rv;
}

/* `hide-attributes`: attribute types this token does not know. */
static CK_RV shim_get_attribute_value(CK_ULONG session, CK_ULONG object, CK_ULONG *template, CK_ULONG count) {
  for (CK_ULONG i = 0; i < count; i++)
    if (names_mechanism("hide-attributes", template[3 * i])) return CKR_ATTRIBUTE_TYPE_INVALID;
  return REAL(GET_ATTRIBUTE_VALUE, CK_RV(*)(CK_ULONG, CK_ULONG, CK_ULONG *, CK_ULONG))(session, object, template, count);
}

/* `refused-mechanisms`: in the list all the same, but C_SignInit does not take them. */
static CK_RV shim_sign_init(CK_ULONG session, CK_MECHANISM *mechanism, CK_ULONG key) {
  char text[64];
  snprintf(text, sizeof text, "sign-init 0x%lx", mechanism->mechanism);
  log_call(text);
  if (is_removed()) return CKR_DEVICE_REMOVED;
  if (names_mechanism("missing-mechanisms", mechanism->mechanism)) return CKR_MECHANISM_INVALID;
  if (names_mechanism("refused-mechanisms", mechanism->mechanism)) return CKR_MECHANISM_INVALID;
  return REAL(SIGN_INIT, CK_RV(*)(CK_ULONG, CK_MECHANISM *, CK_ULONG))(session, mechanism, key);
}

/* `sign-error`: this return value instead of a signature. `wrong-signature`: one bit of it is flipped.
 * Two calls at once are what some drivers cannot stand: the second is answered with CKR_OPERATION_ACTIVE. */
static CK_RV shim_sign(CK_ULONG session, CK_BYTE *data, CK_ULONG length, CK_BYTE *signature, CK_ULONG *signatureLength) {
  typedef CK_RV (*Sign)(CK_ULONG, CK_BYTE *, CK_ULONG, CK_BYTE *, CK_ULONG *);
  if (__sync_fetch_and_add(&calls_inside, 1) > 0) {
    log_call("sign overlapping");
    __sync_fetch_and_sub(&calls_inside, 1);
    return CKR_OPERATION_ACTIVE;
  }
  trouble("sign");
  /* Whatever comes of it, C_Sign ends the operation (PKCS#11 5.13.2), so the call is made in any case. */
  CK_RV rv = REAL(SIGN, Sign)(session, data, length, signature, signatureLength);
  long error = is_removed() ? CKR_DEVICE_REMOVED : fault_number("sign-error", 0);
  if (error != 0) rv = (CK_RV)error;
  if (rv == CKR_OK && signature != NULL && fault_on("wrong-signature")) signature[*signatureLength - 1] ^= 1;
  __sync_fetch_and_sub(&calls_inside, 1);
  return rv;
}

static CK_RV shim_get_function_list(CK_FUNCTION_LIST **list);

CK_RV C_GetFunctionList(CK_FUNCTION_LIST **list) { return shim_get_function_list(list); }

static CK_RV shim_get_function_list(CK_FUNCTION_LIST **list) {
  trouble("load");
  if (real == NULL) {
    const char *path = getenv("TRA_MY_SHIM_REAL");
    void *handle = path == NULL ? NULL : dlopen(path, RTLD_NOW | RTLD_LOCAL);
    CK_RV (*get)(CK_FUNCTION_LIST **) = handle == NULL ? NULL : dlsym(handle, "C_GetFunctionList");
    if (get == NULL || get(&real) != CKR_OK) return CKR_GENERAL_ERROR;
    mine = *real;
    mine.function[INITIALIZE] = shim_initialize;
    mine.function[GET_FUNCTION_LIST] = shim_get_function_list;
    mine.function[GET_SLOT_LIST] = shim_get_slot_list;
    mine.function[GET_SLOT_INFO] = shim_get_slot_info;
    mine.function[GET_TOKEN_INFO] = shim_get_token_info;
    mine.function[GET_MECHANISM_LIST] = shim_get_mechanism_list;
    mine.function[OPEN_SESSION] = shim_open_session;
    mine.function[GET_SESSION_INFO] = shim_get_session_info;
    mine.function[LOGIN] = shim_login;
    mine.function[GET_ATTRIBUTE_VALUE] = shim_get_attribute_value;
    mine.function[SIGN_INIT] = shim_sign_init;
    mine.function[SIGN] = shim_sign;
  }
  *list = &mine;
  return CKR_OK;
}

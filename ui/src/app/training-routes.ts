import type { RouteRecordRaw } from 'vue-router'

/** Classes, exams and certificates. The rail shows 培训考试 once there is a route named `training`. */
export const trainingRoutes: RouteRecordRaw[] = []

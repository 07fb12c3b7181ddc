import type { RouteRecordRaw } from 'vue-router'

/** Classes, exams and certificates. The rail shows 培训考试 once there is a route named `training`. */
export const trainingRoutes: RouteRecordRaw[] = [
  { path: '/training', name: 'training', component: () => import('@/views/Training.vue') },
  {
    path: '/training/:no',
    name: 'training-class',
    props: true,
    component: () => import('@/views/TrainingClass.vue'),
  },
  {
    path: '/exam/:no',
    name: 'exam',
    props: true,
    meta: { alone: true },
    component: () => import('@/views/Exam.vue'),
  },
  { path: '/verify', name: 'verify', component: () => import('@/views/Verify.vue') },
]
